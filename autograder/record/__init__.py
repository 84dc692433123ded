"""What grading leaves behind: results, feedback, the class report, and scores in other formats."""
