"""The generator of a curated reading list: YAML in, the Markdown of a site out."""
