# Landing page, signing in and up.

landing-title = Projects, kept apart
landing-headline = One home for every organization you work with.
landing-lead = Tenantry keeps each organization’s projects in a room of its own. You switch with a click; nothing ever crosses the hall.
landing-reasons = Why Tenantry
landing-apart = Kept apart, provably
    .text = An organization’s rows can be read only with a membership that was checked in the same request, and the database itself agrees.
landing-clerk = Sign-in by Clerk
    .text = Accounts, sessions, organizations and roles come from Clerk, in development from a local instance that needs no account.
landing-fast = Fast, and fine without scripts
    .text = Pages arrive complete from the server. Links are links, forms are forms; a few small islands of WebAssembly add the manners.
landing-picture-title = Acme / Projects
landing-picture-relaunch = Website relaunch
landing-picture-emails = Onboarding emails
landing-picture-pricing = Pricing experiment
landing-picture-export = Data export
landing-picture-today = Today
landing-picture-yesterday = Yesterday
landing-picture-monday = Monday
landing-picture-last-week = Last week

sign-up-title = Create your account
clerk-loading = Loading the form
clerk-failed = The form could not be loaded
    .text = Check your connection and reload the page, or use the page that needs no JavaScript:
    .link = continue without JavaScript
clerk-no-script = The form here needs JavaScript. There is one without it:
clerk-portal = Sign in without JavaScript
clerk-portal-account = Continue without JavaScript
clerk-ask = Open
