"""Addresses of the house itself."""

from django.urls import path

from .views import findable, house, open_data

app_name = "core"

urlpatterns = [
    path("healthz", house.health, name="health"),
    path("healthz/worker", house.worker_health, name="health-worker"),
    path("favicon.ico", house.favicon, name="favicon"),
    path("farver.css", house.colours, name="colours"),
    path("was", house.accessibility, name="accessibility"),
    path("komponenter/", house.components, name="components"),
    path("data/", open_data.data, name="data"),
    path("data/<slug:key>.schema.json", open_data.schema, name="data-schema"),
    path("robots.txt", findable.robots, name="robots"),
    path("sitemap.xml", findable.sitemap, name="sitemap"),
    path("sitemap-<int:number>.xml", findable.sitemap_part, name="sitemap-part"),
]
