"""The tools of the command line, one file each. A command is `run(arguments) -> exit code`."""
