"""Pictures on pages."""

from django import template

from portal.files.pictures import shown_url

register = template.Library()
register.filter("small", shown_url)
