"""When and how: settings, jobs and the command line. Entry points only."""
