"""The player: one learner's registration for one package, from the first launch to the last.

registration   launches, sessions and moves; what the web player and the headless one both drive
course2004     what moves mean in a SCORM 2004 package: the sequencing engine
course12       what they mean in SCORM 1.2: free choice, prerequisites, a roll-up of our own
prerequisites  the AICC script of SCORM 1.2
carried        what a learner takes along from package to package
protocol       the headless player's lines
"""
