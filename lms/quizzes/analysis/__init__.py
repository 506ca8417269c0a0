"""What answers say about questions and about pupils: classical figures and item response theory.

Pure: numpy in, figures and codes out. No database, no request, no language; words for the codes stand in
`lms.quizzes.clinic_texts`. A column is an item, a row is a pupil, NaN is an item that was not given.
"""
