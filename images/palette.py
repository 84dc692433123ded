"""The colours of every picture."""

# The palette of Okabe & Ito (2008), Color Universal Design.
BLUE, ORANGE, GREEN, YELLOW, PURPLE = "#0072B2", "#D55E00", "#009E73", "#E69F00", "#8A5AA8"
INK, GREY, PALE, PANEL = "#22262B", "#6B7278", "#DAD7CE", "#F7F6F2"
