"""What curators and maintainers do besides building: add, rename, suggest, compare, and report.

In: the content, and papers or decisions from a curator. Out: changed content, or reports. Begin with `commands.py`.
"""
