package quantumbtc.market.replay;

/** The query of a request; a number that is absent or none gets its default. */
record Query(String text) {

    long number(String name, long otherwise) {
        for (String pair : text == null ? new String[0] : text.split("&")) {
            if (pair.matches(name + "=[0-9]{1,12}")) {
                return Long.parseLong(pair.substring(name.length() + 1));
            }
        }
        return otherwise;
    }
}
