"""This course beside the alternatives, measured in one run."""
