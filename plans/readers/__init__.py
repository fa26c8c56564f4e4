"""Reading process plans: Word, PDF, pasted text and HTML → rows → a draft. No database."""
