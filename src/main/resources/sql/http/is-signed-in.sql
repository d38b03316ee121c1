-- Whether a token has its row in the deployment's own list of sessions, whose name is a setting.
SELECT EXISTS (SELECT 1 FROM <table> WHERE <column> = :hash)
