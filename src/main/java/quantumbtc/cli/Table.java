package quantumbtc.cli;

import java.util.ArrayList;
import java.util.List;

/** Rows under headings, in columns as wide as their widest cell; numbers to the right. */
public final class Table {

    private final List<List<String>> rows = new ArrayList<>();
    private final int columns;

    public Table(String... headings) {
        this.columns = headings.length;
        rows.add(List.of(headings));
    }

    /** @param cells one a heading; null is printed as a dash, because unknown is not zero */
    public Table row(Object... cells) {
        if (cells.length != columns) {
            throw new IllegalArgumentException(cells.length + " cells under " + columns + " headings");
        }
        List<String> texts = new ArrayList<>(columns);
        for (Object cell : cells) {
            texts.add(cell == null ? "-" : cell.toString());
        }
        rows.add(texts);
        return this;
    }

    /** Each line ends with a line break. */
    @Override
    public String toString() {
        StringBuilder out = new StringBuilder();
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int column = 0; column < columns; column++) {
                String cell = row.get(column);
                String gap = " ".repeat(width(column) - length(cell));
                line.append(column == 0 ? "" : "  ").append(isNumeric(column) ? gap + cell : cell + gap);
            }
            out.append(line.toString().stripTrailing()).append('\n');
        }
        return out.toString();
    }

    private int width(int column) {
        return rows.stream().mapToInt(row -> length(row.get(column))).max().orElse(0);
    }

    private boolean isNumeric(int column) {
        return rows.size() > 1 && rows.stream().skip(1).map(row -> row.get(column))
                .allMatch(cell -> cell.equals("-") || cell.matches("[-+]?[0-9][0-9.,]*( ?[%×xs]| ?ms| ?MB| rows/s)?"));
    }

    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }
}
