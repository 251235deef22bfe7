"""Qualitative data analysis on plain files: coding, the stages of Miles & Huberman, triangulation per finding."""
