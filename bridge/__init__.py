"""From Lean text to a verdict, and from a verdict to people; one folder a station, each from those before it.

io, lean, core, names, elaborate, compile, sources, agree, check, fidelity, drift, trace, report, commands.
What is public of it are the attributes of `leanmirror`.
"""
