# The help desk's own words. They lie over those of the theme.
feedback-question = Did this guide solve it?
feedback-mail = Tell us by mail
latest = Guides that changed lately
sections = What do you need help with?
