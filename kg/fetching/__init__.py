"""Pages and feeds from the web, folders that change, and the memory of what was fetched."""
