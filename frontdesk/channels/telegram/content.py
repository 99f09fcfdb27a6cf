"""What a Telegram message says: its kind, its text in the contact's words, and what else is worth keeping."""

import re
from collections.abc import Callable, Mapping

from frontdesk.channels.content import Content
from frontdesk.channels.contract import MessageKind
from frontdesk.channels.json_access import JsonObject, child, identifier, items, label, objects, present, text
from frontdesk.channels.telegram.address import message_key

_MEDIA = (
    *("animation", "photo", "video", "audio", "voice", "video_note", "document", "sticker"),
    *("live_photo", "paid_media", "story", "dice"),
)
"""Fields that carry media."""

_SERVICE = (
    *("new_chat_members", "left_chat_member", "new_chat_title", "new_chat_photo", "delete_chat_photo"),
    *("group_chat_created", "supergroup_chat_created", "channel_chat_created", "chat_background_set"),
    *("chat_owner_changed", "chat_owner_left", "message_auto_delete_timer_changed", "migrate_to_chat_id"),
    *("migrate_from_chat_id", "pinned_message", "successful_payment", "refunded_payment", "users_shared"),
    *("chat_shared", "connected_website", "write_access_allowed", "passport_data", "proximity_alert_triggered"),
    *("boost_added", "forum_topic_created", "forum_topic_edited", "forum_topic_closed", "forum_topic_reopened"),
    *("general_forum_topic_hidden", "general_forum_topic_unhidden", "giveaway_created", "giveaway_completed"),
    *("video_chat_scheduled", "video_chat_started", "video_chat_ended", "video_chat_participants_invited"),
    *("checklist_tasks_added", "checklist_tasks_done", "direct_message_price_changed", "managed_bot_created"),
    *("paid_message_price_changed", "poll_option_added", "poll_option_deleted", "suggested_post_approval_failed"),
    *("suggested_post_approved", "suggested_post_declined", "suggested_post_paid", "suggested_post_refunded"),
    *("gift", "gift_upgrade_sent", "unique_gift"),
)
"""Fields of service messages: events that the app shows, which nobody typed (Bot API, "Message")."""

_START = re.compile(r"/start(?:@\w+)?\s+(\S+)\s*")


def content_of(message: JsonObject) -> Content:
    """Read a message of any type; one that we do not know is `UNSUPPORTED`, with its text if it has one."""
    for name, reader in _READERS.items():
        if message.get(name) is not None:
            return reader(message, name)
    return _words(message) or Content(MessageKind.UNSUPPORTED, _words_of_others(message))


def surroundings(message: JsonObject) -> JsonObject:
    """What stands around the content: ids, the message replied to, the album."""
    chat_id = identifier(child(message, "chat"), "id")
    replied = child(message, "reply_to_message")
    return present(
        {
            "message_id": message_key(chat_id, identifier(message, "message_id")),
            "reply_to": message_key(chat_id, identifier(replied, "message_id")),
            "quote": text(child(message, "quote"), "text"),
            "forwarded": bool(message.get("forward_origin") or message.get("forward_date")),
            "media_group_id": identifier(message, "media_group_id"),
            "business_connection_id": identifier(message, "business_connection_id"),
        }
    )


def _words(message: JsonObject) -> Content | None:
    """Text, or a caption; `/start` carries the payload of the link that opened the chat."""
    words = text(message, "text")
    words = text(message, "caption") if words is None else words
    if words is None:
        return None
    start = _START.fullmatch(words)
    if start:
        return Content(MessageKind.TEXT, "/start", {"payload": start[1]})
    return Content(MessageKind.TEXT, words)


def _words_of_others(message: JsonObject) -> str:
    """The words of what we cannot answer as such: a poll's question, a checklist's or a game's title."""
    titled = (label(child(message, name), "title") for name in ("checklist", "game", "invoice"))
    return label(child(message, "poll"), "question") or next(filter(None, titled), "")


def _media(message: JsonObject, name: str) -> Content:
    """A sticker or a die says its emoji; photos come in several sizes, the largest last."""
    media = (objects(message, name) or ({},))[-1]
    words = text(message, "caption") or text(media, "emoji") or ""
    kept = {key: value for key, value in media.items() if key not in ("thumb", "thumbnail")}
    return Content(MessageKind.MEDIA, words, present({"media": {**kept, "type": name}}))


def _venue(message: JsonObject, name: str) -> Content:
    venue = child(message, name)
    words = ", ".join(filter(None, (label(venue, "title"), label(venue, "address"))))
    place: JsonObject = {**child(venue, "location"), "name": label(venue, "title"), "address": label(venue, "address")}
    return Content(MessageKind.LOCATION, words, present({"location": place}))


def _location(message: JsonObject, name: str) -> Content:
    return Content(MessageKind.LOCATION, "", present({"location": child(message, name)}))


def _contact(message: JsonObject, name: str) -> Content:
    card = child(message, name)
    full_name = " ".join(filter(None, (label(card, "first_name"), label(card, "last_name"))))
    line = ", ".join(filter(None, (full_name, label(card, "phone_number"))))
    return Content(MessageKind.CONTACT_CARD, line, present({"contacts": [card]}))


def _web_app(message: JsonObject, name: str) -> Content:
    data = child(message, name)
    attributes = present({"payload": text(data, "data")})
    return Content(MessageKind.POSTBACK, text(data, "button_text") or "", attributes)


def _service(message: JsonObject, name: str) -> Content:
    attributes: JsonObject = {"system_type": name, "details": list(items(message, name))}
    return Content(MessageKind.SYSTEM, "", present(attributes))


_READERS: Mapping[str, Callable[[JsonObject, str], Content]] = {
    "venue": _venue,
    "location": _location,
    "contact": _contact,
    "web_app_data": _web_app,
    **dict.fromkeys(_MEDIA, _media),
    **dict.fromkeys(_SERVICE, _service),
}
"""In this order: a venue also sets `location`, an animation also `document`."""
