"""What others can ask of a graph: the HTTP API and the MCP server for programs, the explorer for people."""
