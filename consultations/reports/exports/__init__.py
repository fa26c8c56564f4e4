"""From a round's report to the plain words that papers and spreadsheets are made of.

Takes a RoundReport; knows no request and asks no table.
"""

from .paper import report_docx, report_of, report_pdf
from .sheet import report_xlsx

__all__ = ["report_docx", "report_of", "report_pdf", "report_xlsx"]
