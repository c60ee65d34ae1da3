"""Starts ministack on GATEWAY_PORT alone: with HTTPS it would take port 443 as well, where it may."""

import ministack.app

ministack.app._port_is_bindable = lambda *_: False
ministack.app.main()
