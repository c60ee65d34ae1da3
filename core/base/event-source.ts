/** The one event source of both API generations. `ses.` and `states.amazonaws.com` end the same way and are not it. */
export const EVENT_SOURCE = 'es.amazonaws.com';
