-- A receipt is most of what a small message leaves behind, so it counts with it.
UPDATE stored_bytes SET bytes = bytes +
    (SELECT coalesce(sum(length(m.receipt)), 0) FROM message m WHERE m.agency = stored_bytes.agency)
    WHERE kind = 0;
