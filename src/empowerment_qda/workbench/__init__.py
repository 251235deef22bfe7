"""The screen where a person codes: a Textual program on top of the desk. The only room that imports textual."""
