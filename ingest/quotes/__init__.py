"""Quotations and who said them: text and paragraphs in, quotes and people out."""
