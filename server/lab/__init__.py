"""The lab: endpoints that behave as real services do, and misbehave, on demand. Off unless asked for."""
