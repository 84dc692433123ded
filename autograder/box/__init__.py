"""What runs inside the box, beside a student's code. It knows no check and no expected value."""
