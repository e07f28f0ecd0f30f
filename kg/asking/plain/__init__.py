"""Questions in plain English: read by rules and tables, answered by the canned queries."""
