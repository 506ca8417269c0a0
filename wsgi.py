"""What gunicorn is pointed at."""

from lms import create_app

application = create_app()
