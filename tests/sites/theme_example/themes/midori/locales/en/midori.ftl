callout-policy = Company policy
company = Company sites
portal = Intranet portal
questions = Questions on this page
contact-phone = Extension { $phone }
contact-floor = Floor { $floor }
contact-urgent = Call if it is urgent
