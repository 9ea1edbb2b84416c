-- The line of a term says only what its columns do not. Cases of before are derived anew at the next
-- start (refold).
UPDATE case_file SET next_day = NULL;
