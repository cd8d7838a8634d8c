drop table personal.candidate_words;
