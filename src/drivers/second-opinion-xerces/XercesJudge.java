import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLDecoder;
import java.net.URLStreamHandler;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.SynchronousQueue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.SAXParserFactory;
import javax.xml.transform.sax.SAXSource;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.SchemaFactory;
import javax.xml.validation.Validator;
import org.w3c.dom.ls.DOMImplementationLS;
import org.w3c.dom.ls.LSInput;
import org.xml.sax.ErrorHandler;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;
import org.xml.sax.XMLReader;

/**
 * The JDK's own Xerces as a judge of schemas and documents, for as long as standard input is open. One question at a time.
 * Frames both ways: four bytes of length, then the payload; a text is four bytes of length and UTF-8. See frames.ts.
 * Schema documents are asked for by path as Xerces comes to them; there is no other way to anything outside this process.
 */
public final class XercesJudge {
  private static final int MOST_OF_SCHEMA = 200;
  private static final int MOST_OF_DOCUMENT = 10;
  private static final int LONGEST_TEXT = 1000;
  private static final String SCHEME = "schema";
  private static final Pattern ADDRESS = Pattern.compile(SCHEME + "://[^' ]+");
  private static final String NO_DOCTYPE = "http://apache.org/xml/features/disallow-doctype-decl";

  private final SynchronousQueue<byte[]> frames = new SynchronousQueue<>();
  private final DataOutputStream out;
  private final Map<Integer, Validator> schemas = new HashMap<>();
  private final DOMImplementationLS inputs;
  private final XMLReader reader;

  private XercesJudge(DataOutputStream out) throws Exception {
    this.out = out;
    inputs = (DOMImplementationLS) DocumentBuilderFactory.newDefaultInstance().newDocumentBuilder()
        .getDOMImplementation().getFeature("LS", "3.0");
    SAXParserFactory parsers = SAXParserFactory.newDefaultInstance();
    parsers.setNamespaceAware(true);
    parsers.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
    parsers.setFeature(NO_DOCTYPE, true);
    reader = parsers.newSAXParser().getXMLReader();
  }

  public static void main(String[] arguments) throws Exception {
    DataOutputStream out = new DataOutputStream(System.out);
    // What a library prints must not come between the frames.
    System.setOut(System.err);
    URL.setURLStreamHandlerFactory(XercesJudge::refuser);
    XercesJudge judge = new XercesJudge(out);
    Thread input = new Thread(judge::readFrames);
    input.setDaemon(true);
    input.start();
    judge.send(new Answer().text("Xerces, Java " + Runtime.version()));
    while (true) judge.serve();
  }

  /** Addresses of the set, and of the network, exist and cannot be opened; the runtime needs the rest for itself. */
  private static URLStreamHandler refuser(String protocol) {
    if (!List.of(SCHEME, "http", "https", "ftp", "mailto").contains(protocol)) return null;
    return new URLStreamHandler() {
      @Override
      protected URLConnection openConnection(URL url) throws IOException {
        throw new IOException("nothing is fetched");
      }
    };
  }

  /** Apart from the judging thread, so that the end of the input ends a judgement that hangs. */
  private void readFrames() {
    try {
      DataInputStream in = new DataInputStream(System.in);
      while (true) {
        byte[] frame = new byte[in.readInt()];
        in.readFully(frame);
        frames.put(frame);
      }
    } catch (IOException | InterruptedException end) {
      Runtime.getRuntime().halt(0);
    }
  }

  private void serve() throws IOException, InterruptedException {
    DataInputStream question = new DataInputStream(new ByteArrayInputStream(frames.take()));
    byte kind = question.readByte();
    int schema = question.readInt();
    switch (kind) {
      case 'c' -> send(new Answer().kind('r').opinion(compile(schema, readText(question))));
      case 'v' -> send(validateAll(schemas.get(schema), question));
      case 'x' -> schemas.remove(schema);
      default -> throw new IOException("no question: " + kind);
    }
  }

  private Opinion compile(int id, String entry) {
    Opinion opinion = new Opinion(MOST_OF_SCHEMA);
    try {
      byte[] bytes = ask(entry);
      if (bytes == null) return opinion.add(entry, -1, -1, "the set has no document " + entry);
      SchemaFactory factory = SchemaFactory.newDefaultInstance();
      factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
      factory.setFeature(NO_DOCTYPE, true);
      factory.setProperty(XMLConstants.ACCESS_EXTERNAL_DTD, "");
      factory.setProperty(XMLConstants.ACCESS_EXTERNAL_SCHEMA, SCHEME);
      factory.setErrorHandler(opinion);
      factory.setResourceResolver((type, namespace, publicId, location, base) -> resolve(location, base));
      Validator validator = factory.newSchema(new StreamSource(new ByteArrayInputStream(bytes), addressOf(entry))).newValidator();
      validator.setProperty(XMLConstants.ACCESS_EXTERNAL_DTD, "");
      validator.setProperty(XMLConstants.ACCESS_EXTERNAL_SCHEMA, "");
      if (opinion.accepts()) schemas.put(id, validator);
    } catch (SAXParseException told) {
      opinion.addOnce(told);
    } catch (Exception | StackOverflowError failure) {
      opinion.giveUp(failure);
    }
    return opinion;
  }

  private Answer validateAll(Validator validator, DataInputStream question) throws IOException {
    Answer answer = new Answer().kind('r');
    for (int left = question.readInt(); left > 0; left--) {
      byte[] document = new byte[question.readInt()];
      question.readFully(document);
      answer.opinion(validate(validator, document));
    }
    return answer;
  }

  private Opinion validate(Validator validator, byte[] document) {
    Opinion opinion = new Opinion(MOST_OF_DOCUMENT);
    try {
      validator.setErrorHandler(opinion);
      validator.validate(new SAXSource(reader, new InputSource(new ByteArrayInputStream(document))));
    } catch (SAXParseException told) {
      opinion.addOnce(told);
    } catch (SAXException | IOException | RuntimeException | StackOverflowError failure) {
      opinion.giveUp(failure);
    }
    return opinion;
  }

  /** An address that is not of the set is given back without content: it is then looked for by address, in vain, and told. */
  private LSInput resolve(String location, String base) {
    if (location == null) return null;
    LSInput input = inputs.createLSInput();
    String path = pathOf(location, base);
    byte[] bytes = path == null ? null : ask(path);
    input.setSystemId(addressOf(path == null ? location : path));
    if (bytes != null) input.setByteStream(new ByteArrayInputStream(bytes));
    return input;
  }

  /** The path that a location written in the document at `base` means; null when it leads out of the set. */
  private static String pathOf(String location, String base) {
    String written = location.replace('\\', '/');
    if (written.matches("(?s)[A-Za-z][A-Za-z0-9+.-]*:.*|//.*")) return null;
    String from = base == null ? "" : pathOfAddress(base);
    String folder = written.startsWith("/") ? "" : from.substring(0, from.lastIndexOf('/') + 1);
    List<String> steps = new ArrayList<>();
    for (String step : (folder + decoded(written)).split("/")) {
      if (step.equals("..")) {
        if (!steps.isEmpty()) steps.remove(steps.size() - 1);
      } else if (!step.isEmpty() && !step.equals(".")) {
        steps.add(step);
      }
    }
    return String.join("/", steps);
  }

  private static String addressOf(String path) {
    try {
      return new URI(SCHEME, "", "/" + path, null).toASCIIString();
    } catch (URISyntaxException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static String pathOfAddress(String address) {
    String prefix = SCHEME + ":";
    return address.startsWith(prefix) ? decoded(address.substring(prefix.length()).replaceFirst("^/{1,3}", "")) : address;
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException notEncoded) {
      return text;
    }
  }

  /** A document of the set, or null; the answer is the next frame. */
  private byte[] ask(String path) {
    try {
      send(new Answer().kind('n').text(path));
      DataInputStream answer = new DataInputStream(new ByteArrayInputStream(frames.take()));
      return answer.readBoolean() ? answer.readAllBytes() : null;
    } catch (IOException | InterruptedException end) {
      throw new IllegalStateException(end);
    }
  }

  private void send(Answer answer) throws IOException {
    byte[] payload = answer.bytes.toByteArray();
    out.writeInt(payload.length);
    out.write(payload);
    out.flush();
  }

  private static String readText(DataInputStream in) throws IOException {
    byte[] bytes = new byte[in.readInt()];
    in.readFully(bytes);
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private record Complaint(String file, int line, int column, String text) {}

  /** What Xerces says of one schema or document. Its warnings count: they tell of an import that was not found. */
  private static final class Opinion implements ErrorHandler {
    private final List<Complaint> complaints = new ArrayList<>();
    private final int most;
    private boolean gaveUp = false;

    Opinion(int most) {
      this.most = most;
    }

    boolean accepts() {
      return complaints.isEmpty() && !gaveUp;
    }

    Opinion add(String file, int line, int column, String text) {
      String told = ADDRESS.matcher(String.valueOf(text)).replaceAll(found -> Matcher.quoteReplacement(pathOfAddress(found.group())));
      String cut = told.length() > LONGEST_TEXT ? told.substring(0, LONGEST_TEXT) + "…" : told;
      if (complaints.size() < most) complaints.add(new Complaint(file, line, column, cut));
      return this;
    }

    /** A fatal error was told to the handler, and is thrown as well. */
    void addOnce(SAXParseException thrown) {
      if (complaints.isEmpty()) warning(thrown);
    }

    void giveUp(Throwable failure) {
      gaveUp = true;
      complaints.clear();
      add("", -1, -1, failure.toString());
    }

    @Override
    public void warning(SAXParseException e) {
      add(e.getSystemId() == null ? "" : pathOfAddress(e.getSystemId()), e.getLineNumber(), e.getColumnNumber(), e.getMessage());
    }

    @Override
    public void error(SAXParseException e) {
      warning(e);
    }

    @Override
    public void fatalError(SAXParseException e) {
      warning(e);
    }
  }

  private static final class Answer {
    final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final DataOutputStream data = new DataOutputStream(bytes);

    Answer kind(char kind) throws IOException {
      data.writeByte(kind);
      return this;
    }

    Answer text(String text) throws IOException {
      byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
      data.writeInt(utf8.length);
      data.write(utf8);
      return this;
    }

    Answer opinion(Opinion opinion) throws IOException {
      data.writeByte(opinion.gaveUp ? 'g' : opinion.accepts() ? 'a' : 'r');
      data.writeInt(opinion.complaints.size());
      for (Complaint complaint : opinion.complaints) {
        text(complaint.file());
        data.writeInt(complaint.line());
        data.writeInt(complaint.column());
        text(complaint.text());
      }
      return this;
    }
  }
}
