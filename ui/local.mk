# The console: the only place that knows curses.
noinst_LIBRARIES += libconsole.a
libconsole_a_SOURCES =
