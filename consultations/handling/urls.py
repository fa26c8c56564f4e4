"""Addresses of handling: remarks, themes, what was said at meetings, ready for the agenda."""

from django.urls import URLPattern, path

from .views import alike, meetings, ready, remark, splitting, standard_replies, table, themes

_REMARKS = "arbejde/planer/<slug:slug>/hoeringer/<uuid:uid>/bemaerkninger/"
_REMARK = f"{_REMARKS}<uuid:remark>/"
urlpatterns: list[URLPattern] = [
    path(_REMARKS, table.table, name="remark-list"),
    path(f"{_REMARKS}tavle/", table.board, name="remark-board"),
    path(f"{_REMARKS}mange/", table.many, name="remark-many"),
    path(f"{_REMARKS}svar/", splitting.responses, name="remark-responses"),
    path(f"{_REMARKS}svar/tag-alle/", splitting.take_all, name="remark-take-all"),
    path(f"{_REMARKS}svar/ens/", alike.groups, name="remark-alike"),
    path(f"{_REMARKS}svar/ens/<uuid:group>/", alike.group, name="remark-alike-group"),
    path(f"{_REMARKS}svar/<uuid:response>/", splitting.split, name="remark-split"),
    path(f"{_REMARKS}temaer/", themes.themes, name="remark-themes"),
    path(f"{_REMARKS}temaer/<uuid:theme>/", themes.theme, name="remark-theme"),
    path(f"{_REMARKS}temaer/<uuid:theme>/flyt/", themes.move_theme, name="remark-theme-move"),
    path(f"{_REMARKS}standardsvar/", standard_replies.answers, name="remark-answers"),
    path(f"{_REMARKS}standardsvar/<uuid:answer>/", standard_replies.answer, name="remark-answer"),
    path(f"{_REMARKS}moeder/", meetings.said, name="remark-meetings"),
    path(f"{_REMARKS}moeder/<uuid:meeting>/", meetings.meeting, name="remark-meeting"),
    path(f"{_REMARKS}klar/", ready.ready, name="remark-ready"),
    path(_REMARK, remark.remark, name="remark"),
    path(f"{_REMARK}afgoerelse/", remark.decide, name="remark-decide"),
    path(f"{_REMARK}ens/", remark.join, name="remark-join"),
    path(f"{_REMARK}fjern/", remark.retire, name="remark-retire"),
]
