"""Events that open pages hear at once, and do not miss when the line was gone for a while.

    live.publish(f"lesson:{lesson.id}", "hand-raised", {"pupil": str(pupil.id)})     # kept with the deed
    <div data-live="{{ live_address('lesson:' ~ lesson.id) }}">                      # hears from here on

Pages and events are two services: a thousand listeners are a thousand idle connections there, and no
thread less for pages here.
"""

from lms.core.live.publishing import publish
from lms.core.live.tickets import address

__all__ = ["address", "publish"]
