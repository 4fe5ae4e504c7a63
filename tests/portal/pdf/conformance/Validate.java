import java.io.BufferedReader;
import java.io.File;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;
import org.verapdf.pdfa.validation.profiles.Profiles;
import org.verapdf.pdfa.validation.profiles.ValidationProfile;

/**
 * Checks PDFs against veraPDF's own profiles, many files in one run of Java.
 *
 * Reads lines "PROFILE PATH" (PROFILE: PDFUA-1, PDFA-2A); answers each with one line per failed rule
 * ("FAIL clause-test message") and an end line: "OK", "NOT OK", or "ERROR reason".
 */
public class Validate {
    static final Map<String, ValidationProfile> PROFILES = new HashMap<>();

    public static void main(String[] arguments) throws Exception {
        PrintStream out = System.out;
        System.setOut(System.err);
        VeraGreenfieldFoundryProvider.initialise();
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, "UTF-8"));
        for (String line; (line = in.readLine()) != null; ) {
            String[] parts = line.split(" ", 2);
            try {
                validate(profile(parts[0]), new File(parts[1]), out);
            } catch (Exception error) {
                out.println("ERROR " + String.valueOf(error).replace('\n', ' '));
            }
            out.flush();
        }
    }

    static ValidationProfile profile(String name) throws Exception {
        if (!PROFILES.containsKey(name)) {
            String path = "/org/verapdf/pdfa/validation/" + name + ".xml";
            PROFILES.put(name, Profiles.profileFromXml(Profiles.class.getResourceAsStream(path)));
        }
        return PROFILES.get(name);
    }

    static void validate(ValidationProfile profile, File file, PrintStream out) throws Exception {
        try (PDFAParser parser = Foundries.defaultInstance().createParser(file, profile.getPDFAFlavour())) {
            ValidationResult result = Foundries.defaultInstance().createValidator(profile, false).validate(parser);
            TreeSet<String> failures = new TreeSet<>();
            for (TestAssertion found : result.getTestAssertions()) {
                if (found.getStatus() == TestAssertion.Status.FAILED) {
                    String rule = found.getRuleId().getClause() + "-" + found.getRuleId().getTestNumber();
                    failures.add("FAIL " + rule + " " + found.getMessage().replace('\n', ' '));
                }
            }
            failures.forEach(out::println);
            out.println(result.isCompliant() ? "OK" : "NOT OK");
        }
    }
}
