"""Findings in order make a report; a report whose figures are asked for is a document, which is shown or exported."""
