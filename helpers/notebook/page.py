"""The look of what the helpers put into a notebook's page, in any theme."""

# JupyterLab's own text font where there is one.
FONT = "var(--jp-content-font-family, sans-serif)"


def framed(content: str, colour: str) -> str:
    """HTML in a box with a thin frame; its text takes the colour of the page."""
    style = (
        f"font: 14px/1.6 {FONT}; max-width: 60em; padding: 10px 14px; "
        f"border: 1px solid {colour}; border-radius: 8px"
    )
    return f'<div style="{style}">{content}</div>'
