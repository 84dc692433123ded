"""The course as stock nbgrader sees it: every `nbgrader ...` command works in this folder."""

c = get_config()

c.CourseDirectory.course_id = "recommender_systems_course"
c.CourseDirectory.source_directory = "solutions"
c.CourseDirectory.release_directory = "notebooks"
# Whatever grading makes stays under build/, which git ignores.
c.CourseDirectory.submitted_directory = "build/submitted"
c.CourseDirectory.autograded_directory = "build/autograded"
c.CourseDirectory.feedback_directory = "build/feedback"
c.CourseDirectory.solution_directory = "build/solution"
c.CourseDirectory.db_url = "sqlite:///build/gradebook.db"
# nbgrader releases every file that lies beside the source notebook: `*.py` is the solved source.
c.CourseDirectory.ignore = [".ipynb_checkpoints", "*.pyc*", "__pycache__", ".DS_Store", "*.py"]

# `nbgrader zip_collect` reads who handed in what from the names that Moodle and Canvas give:
#   Ada Lovelace_12345_assignsubmission_file_Recommender_Systems.ipynb, or a folder of that name
#   lovelaceada_12345_678910_Recommender_Systems.ipynb, or lovelaceada_LATE_12345_...
# What is no notebook is collected too: grading says who handed in a PDF.
c.ZipCollectApp.downloaded_directory = "build/downloaded"
c.FileNameCollectorPlugin.named_regexp = (
    r".*/extracted/(?:[^/]+/)??[^/]*?_(?P<student_id>\d+)_(?:assignsubmission_file_|\d+_)"
    r"(?:[^/]*/)*(?P<file_id>[^/]+)$"
)
c.FileNameCollectorPlugin.valid_ext = [".ipynb", ".pdf", ".html", ".py", ".txt", ".json", ".docx"]

c.ExecutePreprocessor.timeout = 600
# The kernel's remark on its own transport would stand before every line of the log.
c.ExecutePreprocessor.extra_arguments = ["--log-level=40"]
