package com.posmodern.ai.config;

import com.posmodern.ai.error.PosException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The campaigns of a folder: one file each, named after the campaign. What a file does not say, it
 * takes from the folder's {@code defaults.yaml}.
 */
public final class CampaignFiles {
  private static final String DEFAULTS = "defaults.yaml";

  private CampaignFiles() {}

  /**
   * All campaigns in the order of their names, switched on or not; folders within are not read.
   *
   * @return empty where there is no such folder
   * @throws PosException usage that names every wrong file, key and value: one wrong file stops all
   *     campaigns, as nobody knows what it was meant to change
   */
  public static List<Campaign> read(Path folder) {
    List<Campaign> campaigns = new ArrayList<>();
    List<PosException> wrong = new ArrayList<>();
    for (Path file : files(folder)) {
      try {
        campaigns.add(read(folder, file));
      } catch (PosException e) {
        wrong.add(e);
      }
    }
    if (!wrong.isEmpty()) {
      if (wrong.size() == 1) {
        throw wrong.get(0);
      }
      throw PosException.usage(
          "%d campaign files are wrong: %s"
              .formatted(
                  wrong.size(),
                  String.join(" | ", wrong.stream().map(Throwable::getMessage).toList())),
          folder.toString(),
          "Correct them.");
    }
    return campaigns;
  }

  private static Campaign read(Path folder, Path file) {
    String name = file.getFileName().toString();
    return SettingsReader.read(
        file,
        folder.resolve(DEFAULTS),
        Map.of("id", name.substring(0, name.length() - SettingsReader.ENDING.length())),
        Campaign.class);
  }

  private static List<Path> files(Path folder) {
    return SettingsReader.files(folder).stream()
        .filter(file -> !file.getFileName().toString().equals(DEFAULTS))
        .toList();
  }
}
