"""The documentation's own programs: pages made from the program, and what MkDocs needs to take in the project's pages."""
