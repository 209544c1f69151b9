-- Alarms have events, which a worker numbers: that no worker runs is an alarm too, and open windows show it (ADR 39).
call watch_changes('alarm', 'alarms', 'id', '{last_seen_at}');
