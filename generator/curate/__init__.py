"""What curators and maintainers do beside building: adding, renaming, suggesting, comparing, reporting."""
