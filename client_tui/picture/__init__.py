"""Pictures of the screen: its cells as values, and what draws them into files.

The only room that knows Pillow. It takes rows of text with their colours and knows nothing
of where they come from.
"""
