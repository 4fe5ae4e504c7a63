"""The loader of the starter content: plain files under home/starter_content/ become what editors go on with.

Loading again changes nothing; what somebody has edited, deleted or added since stays as they left it.
"""
