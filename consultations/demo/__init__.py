"""The consultation of the demo: open on the day it is loaded, with answers and their handling."""
