"""Every channel that Frontdesk speaks."""

from collections.abc import Mapping

from frontdesk.channels import generic, telegram, webchat, whatsapp
from frontdesk.channels.contract import Adapter, ChannelKind

ADAPTERS: Mapping[ChannelKind, Adapter] = {
    ChannelKind.WHATSAPP: whatsapp.ADAPTER,
    ChannelKind.TELEGRAM: telegram.ADAPTER,
    ChannelKind.GENERIC: generic.ADAPTER,
    ChannelKind.WEBCHAT: webchat.ADAPTER,
}
