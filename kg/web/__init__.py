"""What other programs can ask of a graph: the HTTP API and the MCP server, made from one table of tools."""
