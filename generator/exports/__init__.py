"""What other programs take away: citations, feeds, data, and what pages say of themselves to machines."""
