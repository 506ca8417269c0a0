"""Papers that leave as files of their own: PDF and Word with the key, and a self-test as a SCORM package."""
