"""What a curator writes: the model of the content files, the YAML reader and the loader.

In: the files of `content/`. Out: a `Library` and the problems of its files, each with its place. Begin with
`model.py`, whose annotations are the content format.
"""
