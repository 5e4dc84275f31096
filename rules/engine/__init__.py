"""What a rule is made of: its declaration, the paths it looks at, the words it uses."""
