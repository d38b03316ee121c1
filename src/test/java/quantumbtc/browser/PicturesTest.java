package quantumbtc.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The pictures of the documentation, which the tests of the page make with {@code -Ddocs.write=true}. */
class PicturesTest {

    private static final Path IMAGES = Path.of("docs", "images");
    private static final long MOST_BYTES = 1_000_000;

    @Test
    void each_picture_that_getting_started_shows_is_there_and_small_and_no_other_is() throws IOException {
        TreeSet<String> shown = new TreeSet<>();
        Matcher images = Pattern.compile("images/([a-z-]+\\.png)").matcher(Files.readString(Path.of("docs", "getting-started.md")));
        while (images.find()) {
            shown.add(images.group(1));
        }
        long bytes = 0;
        TreeSet<String> there = new TreeSet<>();
        try (Stream<Path> files = Files.list(IMAGES)) {
            for (Path file : files.toList()) {
                there.add(file.getFileName().toString());
                bytes += Files.size(file);
            }
        }
        assertThat(shown).isNotEmpty().isEqualTo(there);
        assertThat(bytes).as("bytes of all pictures").isLessThan(MOST_BYTES);
    }
}
